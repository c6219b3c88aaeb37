"""Every change to people and communities has a name here; one module a subject."""
