// Small comforts. Every page works without this file.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog instanceof HTMLDialogElement) {
    event.preventDefault();
    dialog.showModal();
    return;
  }
  if (event.target.closest("[data-print]")) {
    window.print();
  }
});

// Leaving quickly: the page empties at once, while the sign-out is on its way.
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-quick-exit]")) document.body.hidden = true;
});

// Three presses of Escape in two seconds do the same as the button.
let escapes = [];
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat) return; // a key held down by a trembling hand is one press
  const leave = document.querySelector("[data-quick-exit]");
  if (!leave) return;
  escapes = [...escapes.filter((moment) => event.timeStamp - moment < 2000), event.timeStamp];
  if (escapes.length < 3) return;
  event.preventDefault(); // by itself the key would stop the page that is on its way
  if (!document.body.hidden) leave.requestSubmit();
});

// Where Enter sends a form from every box, it does so from a list too. By itself the key would open the list, as Space
// does. A list that is open keeps its Enter; a browser that cannot tell keeps its own way.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.repeat || !CSS.supports("selector(:open)")) return;
  if (!event.target.matches("[data-enter-sends] select:not(:open)")) return;
  event.preventDefault();
  const { form } = event.target;
  form.requestSubmit(form.querySelector("[type=submit]"));
});

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
});

// An error summary that arrives later, with HTMX, takes the focus as one on a fresh page does.
document.addEventListener("htmx:afterSettle", (event) => {
  const summary = event.target.querySelector?.(".error-summary");
  if (summary) summary.focus();
});

// A part that HTMX puts in anew keeps the focus on the link or button of the same words. A part that renews itself every
// few seconds would otherwise throw whoever uses the keyboard back to the top of the page.
let held = null;
const words = (part) => part.textContent.replace(/\s+/g, " ").trim();
document.addEventListener("htmx:beforeSwap", (event) => {
  const at = document.activeElement;
  const goes = event.detail.target.contains(at) && at.matches("a, button, summary");
  held = goes ? { tag: at.tagName, words: words(at) } : null;
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (!held || document.activeElement !== document.body) return;
  const parts = [event.target, ...event.target.querySelectorAll(held.tag)];
  parts.find((part) => part.tagName === held.tag && words(part) === held.words)?.focus({ preventScroll: true });
});

// What HTMX put in is said aloud by its [data-heard] words. A live part that is itself replaced is often not read.
document.addEventListener("htmx:afterSettle", (event) => {
  const heard = event.target.querySelector?.("[data-heard]");
  if (heard) document.getElementById("heard").textContent = heard.textContent.trim();
});

// What was just done stands at the top of the next page. It takes the focus, so that it is read aloud and Undo is one Tab
// away; where a box has the focus already, it belongs to what is read with that box. (A live part filled from the start
// is not read.)
const told = document.getElementById("messages");
const first = document.querySelector("[autofocus]");
if (told?.childElementCount && first) {
  first.setAttribute("aria-describedby", `messages ${first.getAttribute("aria-describedby") ?? ""}`.trim());
} else if (told?.childElementCount && document.activeElement === document.body) {
  told.focus({ preventScroll: true });
}
