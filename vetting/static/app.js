// What makes the pages quicker, never what makes them work. No page needs this file.
"use strict";

(() => {
  const live = document.getElementById("v-live");
  const sentence = (name, number) => (live?.dataset[name] ?? "").replace("{n}", String(number));

  function say(text, stop) {
    if (!live) return;
    const box = document.createElement("div");
    box.className = stop ? "v-msg is-stop" : "visually-hidden";
    box.append(Object.assign(document.createElement("p"), { textContent: text }));
    live.replaceChildren(box);
  }

  // The error summary takes the focus, on load and after a swap.
  function focusErrors(root) {
    root.querySelector(".v-errors[tabindex]")?.focus();
  }

  // A text field says how much room is left.
  function countLeft(field) {
    const note = document.querySelector(`.v-count-left[data-for="${field.id}"]`);
    if (!note) return;
    const left = Number(field.dataset.limit) - field.value.length;
    note.textContent = left < 0 ? sentence("over", -left) : sentence("left", left);
    note.classList.toggle("v-late", left < 0);
  }

  // How many rows are chosen, and one box for all.
  function countPicked() {
    const status = document.querySelector("[data-picked-status]");
    if (!status) return;
    const picked = document.querySelectorAll("[data-pick]:checked").length;
    status.textContent = sentence(picked === 0 ? "pickedNone" : picked === 1 ? "pickedOne" : "picked", picked);
    const all = document.querySelector("[data-pick-all]");
    if (all) all.checked = picked > 0 && picked === document.querySelectorAll("[data-pick]").length;
  }

  // Leaving a page with something typed and not saved: the browser asks first.
  const changed = new Set();
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.form?.matches("[data-guard]")) changed.add(field.form);
    if (field.dataset?.limit) countLeft(field);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick-all]")) {
      for (const box of document.querySelectorAll("[data-pick]")) box.checked = event.target.checked;
    }
    if (event.target.matches("[data-pick], [data-pick-all]")) countPicked();
  });
  document.addEventListener("submit", (event) => changed.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    if ([...changed].some((form) => form.isConnected)) event.preventDefault();
  });

  // htmx: a lost session or a fault never replaces what was typed.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const answered = event.detail.xhr.responseURL;
    if (answered && new URL(answered).pathname.startsWith("/konto/logga-in/")) {
      event.detail.shouldSwap = false;
      say(sentence("signedOut"), true);
    }
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    changed.forEach((form) => form.isConnected || changed.delete(form));
    focusErrors(event.target);
    countPicked();
  });
  document.addEventListener("htmx:responseError", (event) => say(sentence(event.detail.xhr.status < 500 ? "refused" : "failed"), true));
  document.addEventListener("htmx:sendError", () => say(sentence("failed"), true));
  document.addEventListener("htmx:timeout", () => say(sentence("failed"), true));

  focusErrors(document);
  document.querySelectorAll("[data-limit]").forEach(countLeft);
  countPicked();
})();
