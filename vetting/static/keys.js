// Keyboard shortcuts. They act outside fields only and can be switched off (WCAG 2.1.4); the choice stays in this browser.
//   / search · j k move in a list · Enter open · 1–4 answer a question · n next open question
"use strict";

(() => {
  const STORE = "vetting.shortcuts";
  const rows = () => [...document.querySelectorAll(".v-queue tbody tr")];
  let at = -1;

  function isOn() {
    try { return localStorage.getItem(STORE) !== "off"; } catch { return true; }
  }

  function keep(on) {
    try { localStorage.setItem(STORE, on ? "on" : "off"); } catch { /* a browser that keeps nothing: on for now */ }
  }

  function typing(target) {
    return target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") !== null;
  }

  function move(step) {
    const all = rows();
    if (!all.length) return false;
    all[at]?.classList.remove("is-at");
    at = Math.min(Math.max(at + step, 0), all.length - 1);
    all[at].classList.add("is-at");
    all[at].querySelector("th a")?.focus();
    all[at].scrollIntoView({ block: "nearest" });
    return true;
  }

  function search() {
    const field = document.querySelector("input[type=search]");
    if (!field) return false;
    const fold = field.closest("[popover]");
    if (fold && getComputedStyle(fold).display === "none") fold.showPopover();
    field.focus();
    field.select();
    return true;
  }

  // The question that keys mean: the one with the focus, else the one the page points at, else the first open one.
  function question() {
    return document.activeElement?.closest("[data-question]")
      ?? document.querySelector("[data-question].is-here, [data-question]:target, [data-question]");
  }

  function answer(number) {
    const choice = question()?.querySelectorAll(".v-answer input")[number - 1];
    if (!choice) return false;
    choice.checked = true;
    choice.focus();
    choice.dispatchEvent(new Event("input", { bubbles: true }));
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  function next() {
    const open = [...document.querySelectorAll("[data-question]")];
    const here = open.indexOf(document.activeElement?.closest("[data-question]"));
    const target = open[here + 1] ?? open[0];
    if (!target) return false;
    target.scrollIntoView({ block: "start" });
    target.querySelector("input:not([type=hidden])")?.focus();
    return true;
  }

  const acts = { "/": search, j: () => move(1), k: () => move(-1), n: next };
  for (const number of [1, 2, 3, 4]) acts[String(number)] = () => answer(number);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !isOn() || typing(event.target)) return;
    if (acts[event.key]?.()) event.preventDefault();
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest(".v-queue tbody tr");
    if (row) at = rows().indexOf(row);
  });

  // The page about shortcuts holds the switch.
  const box = document.querySelector("[data-shortcuts]");
  if (box) {
    box.checked = isOn();
    box.addEventListener("change", () => keep(box.checked));
  }
})();
