// Passkeys, and the code of a scanned card. Without this file every other way in still works.

const passkeysWork = "PublicKeyCredential" in window && "webauthnJSON" in window;
const sharedBox = document.querySelector("input[type=checkbox][name=shared]");

async function askPasskey(form) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(form.dataset.question, {
    method: "POST",
    headers: { "X-CSRFToken": token, Accept: "application/json" },
  });
  if (!answer.ok) throw new Error(`no question: ${answer.status}`);
  return window.webauthnJSON[form.dataset.passkey](await answer.json());
}

document.querySelectorAll("form[data-passkey]").forEach((form) => {
  if (!passkeysWork) return;
  form.hidden = false;
  const missing = form.parentElement.querySelector("[data-passkey-missing]");
  if (missing) missing.hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const trouble = form.querySelector(".passkey-trouble");
    trouble.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await askPasskey(form));
      if (form.elements.shared) form.elements.shared.value = sharedBox?.checked ? "on" : "";
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
});

// A scanned card carries its code after "#": that part of an address never leaves the browser.
const cardForm = document.querySelector("form[data-card-code]");
const scanned = decodeURIComponent(window.location.hash.slice(1));
if (cardForm && /^[0-9A-Za-z-]{8,12}$/.test(scanned)) {
  cardForm.elements.code.value = scanned.toUpperCase();
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
  cardForm.elements.pin.focus();
}
