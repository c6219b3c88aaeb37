"""The people of Millbrook, all made up: who they are and what they are like."""

from dataclasses import dataclass, field

PLACE = "Millbrook on the Ash"
AREAS = ("Old Mill", "Station Road", "Riverside", "Hill Estate", "Market Place")


@dataclass(frozen=True)
class Character:
    """One person. `age` in years; `goes_online` False means no e-mail and no sign-in, ever."""

    name: str
    age: int
    gender: str = ""
    roles: tuple[str, ...] = ("participant",)
    language: str = "en"
    speaks: tuple[str, ...] = ("en",)
    goes_online: bool = True
    # How much they give and receive, beside others: 1 is usual.
    gives: float = 1.0
    receives: float = 1.0
    shares: tuple[str, ...] = ()
    own_words: tuple[str, ...] = field(default=())


NAMED = (
    Character(
        "Cora Lindqvist", 46, "female", ("participant", "coordinator"), shares=("connection-services",), gives=1.4
    ),
    Character("Daniel Brody", 38, "male", ("participant", "coordinator"), gives=1.2, shares=("skill-forms",)),
    Character("Stella Marsh", 63, "female", ("participant", "steward"), shares=("skill-reading", "place-garden")),
    Character("Amina Yusuf", 34, "female", speaks=("en", "ar"), gives=1.6, shares=("skill-cooking", "skill-languages")),
    Character(
        "Ben Okafor",
        58,
        "male",
        gives=2.2,
        shares=("skill-mending", "tool-drill"),
        own_words=("I can fix most bicycles",),
    ),
    Character(
        "Margaret Hollis",
        82,
        "female",
        goes_online=False,
        receives=2.4,
        gives=0.6,
        shares=("company-phone-chat",),
        own_words=("Sixty years of making jam",),
    ),
    Character("Ruth Hollis", 55, "female", shares=("lived-caring",)),
    Character(
        "Tomás Herrera",
        49,
        "male",
        ("participant", "peer_leader"),
        "es",
        ("es", "en"),
        gives=1.8,
        shares=("skill-music", "lived-moving"),
    ),
    Character(
        "Priya Nair", 41, "female", ("professional", "participant"), shares=("connection-services", "lived-illness")
    ),
    Character("Graham Pell", 57, "male", ("commissioner",)),
    Character(
        "Lucía Romero",
        29,
        "female",
        language="es",
        speaks=("es",),
        receives=1.5,
        shares=("skill-cooking", "learn-languages"),
    ),
    Character(
        "Walter Finch",
        77,
        "male",
        goes_online=False,
        gives=3.0,
        receives=0.1,
        shares=("skill-gardening",),
        own_words=("I like to be asked",),
    ),
    Character("Olive Trent", 88, "female", goes_online=False, gives=0.1, receives=2.6, shares=("company-cup-of-tea",)),
    Character("Grace Osei", 37, "female", receives=1.4, shares=("skill-sewing", "lived-parenting")),
    Character("Samuel Osei", 40, "male", shares=("skill-driving",)),
    Character("Kofi Osei", 12, "male", goes_online=False, gives=0.2, receives=0.3),
    Character(
        "Hanna Weiss",
        68,
        "female",
        ("participant", "peer_leader"),
        speaks=("en", "de"),
        gives=2.4,
        shares=("company-walking", "matters-nature"),
    ),
    Character("Joon Park", 24, "male", speaks=("en", "ko"), gives=1.2, shares=("skill-computers", "skill-music")),
)

FIRST_NAMES = (
    "Ada", "Alan", "Aisha", "Arthur", "Beatriz", "Bilal", "Brenda", "Carlos", "Catherine", "Chen", "Colin", "Dagmar",
    "Derek", "Dolores", "Edith", "Emeka", "Esther", "Farah", "Frank", "Fatima", "George", "Gwen", "Harold", "Ines",
    "Irene", "Ivan", "Jamal", "Janet", "Jorge", "Joyce", "Karim", "Keith", "Leila", "Len", "Linh", "Maeve",
    "Malik", "Maria", "Maureen", "Mei", "Nadia", "Nasir", "Norman", "Olga", "Patrick", "Pauline", "Peter", "Rosa",
    "Roy", "Sanjay", "Sheila", "Sofia", "Thandi", "Trevor", "Usha", "Vera", "Victor", "Yara", "Yusuf", "Zofia",
)  # fmt: skip
SURNAMES = (
    "Abbott", "Adeyemi", "Ahmed", "Baker", "Bell", "Bianchi", "Castillo", "Chowdhury", "Clarke", "Dawson", "Díaz",
    "Evans", "Farrell", "Fernández", "Garrett", "Ghosh", "Hale", "Hassan", "Ivanova", "Jankowski", "Kaur", "Kimani",
    "Lowe", "Mensah", "Moreno", "Murphy", "Nguyen", "O'Brien", "Patel", "Petrov", "Quinn", "Reyes", "Sharma",
    "Silva", "Tanaka", "Turner", "Vaughan", "Walsh", "Wu", "Zielińska",
)  # fmt: skip
LANGUAGES = (("en",), ("en",), ("en",), ("en",), ("en", "es"), ("es", "en"), ("en", "pl"), ("en", "ur"), ("en", "bn"))
STRENGTHS = (
    "skill-cooking", "skill-gardening", "skill-mending", "skill-driving", "skill-reading", "skill-forms",
    "skill-computers", "skill-music", "skill-sewing", "skill-animals", "lived-illness", "lived-caring",
    "lived-parenting", "lived-loss", "place-room", "place-kitchen", "place-garden", "tool-ladder", "tool-mower",
    "tool-printer", "connection-neighbors", "connection-clubs", "connection-schools", "company-cup-of-tea",
    "company-walking", "company-phone-chat", "company-games", "company-outings",
)  # fmt: skip
WISHES = ("learn-cooking", "learn-gardening", "learn-computers", "learn-music", "learn-languages", "learn-exercise")
MATTERS = (
    "matters-family",
    "matters-friends",
    "matters-health",
    "matters-nature",
    "matters-independence",
    "matters-fun",
)

HOUSEHOLD = ("The Osei family", ("Grace Osei", "Samuel Osei"), ("Kofi Osei",))
ORGANISATIONS = (
    ("Millbrook Library", "Sheila Quinn"),
    ("St Anne's Hall", "Father Malachy"),
    ("Riverside Surgery", "Priya Nair"),
    ("The Bread Oven", "Rosa Bianchi"),
)
GROUPS = (
    ("Repair Café", "Ben Okafor"),
    ("Garden on the Hill", "Walter Finch"),
    ("Friday Lunch Club", "Amina Yusuf"),
    ("Night Owls", "Hanna Weiss"),
)

# What help is about: words of an offer or a request, a note, and the position of its category.
DEEDS = (
    ("A cup of tea and a chat", "Tea and a good talk", 1, 14),
    ("A ride to the hospital", "To the clinic and back", 2, 9),
    ("Picking up a prescription", "From the chemist", 2, 6),
    ("Weekly shopping", "The usual list", 3, 10),
    ("A pot of soup", "Lentil soup, enough for three days", 3, 6),
    ("Small repairs at home", "The tap, and a shelf", 4, 9),
    ("Putting up curtains", "Two windows", 4, 3),
    ("Mowing and weeding", "Front garden", 5, 9),
    ("Looking after the children", "After school", 6, 8),
    ("A visit after an operation", "Company and lunch", 7, 7),
    ("Help with a telephone", "Video calls with the family", 8, 7),
    ("Filling in a form", "Letter from the council", 9, 6),
    ("Conversation in Spanish", "An hour of talking", 10, 5),
    ("Guitar lesson", "First chords", 11, 4),
    ("Knitting together", "Socks, the heel", 11, 4),
    ("A walk by the river", "Slowly, with stops", 12, 8),
    ("Going to the swimming pool together", "Tuesday session", 12, 3),
    ("Breathing and stretching", "Chair exercises", 13, 4),
    ("Setting up the hall", "Chairs and tables", 14, 4),
    ("Walking the dog", "Around the mill pond", 15, 5),
)
# Positions of categories whose help also reaches people by phone or computer.
FROM_AFAR = frozenset({1, 8, 9, 10})
THANKS = (
    "Thank you, that made my week.",
    "So kind. The shelf is perfect.",
    "You were on time and patient.",
    "We laughed a lot.",
    "I could not have done it alone.",
    "Muchas gracias, de corazón.",
)
MINUTES = (30, 45, 60, 60, 60, 60, 90, 90, 120, 120, 150, 180, 240)
