// The parts of a page that was read: j and k go from button to button, Enter presses the one that has the focus.
class DeskParts extends HTMLElement {
  does(what) {
    const buttons = [...this.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    const to = what === "next" ? at + 1 : Math.max(at - 1, 0);
    buttons[Math.min(to, buttons.length - 1)]?.focus();
  }
}

customElements.define("desk-parts", DeskParts);
