// After a part of the page was exchanged, moves the focus to what the new part marks with data-focus.
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt;
  const target = part.matches("[data-focus]") ? part : part.querySelector("[data-focus]");
  if (!target) return;
  if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
  target.focus({ preventScroll: false });
});
