// A device that locks itself says so a minute before. Typing and reading on count as being there.

const lockAfter = Number(document.body.dataset.lockMinutes) * 60_000;
const stillThere = document.getElementById("still-there");
const otherTabs = "BroadcastChannel" in window ? new BroadcastChannel("still-there") : null;
const WARNING = 60_000;
const TELL_EVERY = 30_000;
let lastTold = Date.now();

function heard() {
  lastTold = Date.now();
  if (stillThere.open) stillThere.close();
}

async function tell() {
  heard();
  otherTabs?.postMessage("here");
  const answer = await fetch(document.body.dataset.stay, { cache: "no-store" });
  if (answer.status === 401) goToLock();
}

function goToLock() {
  const here = window.location.pathname + window.location.search;
  document.body.hidden = true;
  window.location.replace(`${document.body.dataset.lockPage}?next=${encodeURIComponent(here)}`);
}

otherTabs?.addEventListener("message", heard);
otherTabs?.postMessage("here");
for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
  document.addEventListener(kind, () => {
    if (!stillThere.open && Date.now() - lastTold > TELL_EVERY) tell();
  }, { passive: true, capture: true });
}
stillThere.addEventListener("close", () => {
  if (Date.now() - lastTold > TELL_EVERY) tell();
});
setInterval(() => {
  const quiet = Date.now() - lastTold;
  if (quiet > lockAfter + 2_000) goToLock();
  else if (quiet > lockAfter - WARNING && !stillThere.open) stillThere.showModal();
}, 1_000);
