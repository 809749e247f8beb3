// Touching a part of the proposal lights its words in the documents, and the other way round.
class DeskProof extends HTMLElement {
  connectedCallback() {
    for (const kind of ["pointerover", "focusin"]) this.addEventListener(kind, (event) => this.light(event));
    for (const kind of ["pointerout", "focusout"]) this.addEventListener(kind, () => this.light(null));
  }

  light(event) {
    const part = event?.target.closest?.("[data-part]")?.dataset.part;
    for (const one of this.querySelectorAll("[data-part]")) {
      one.toggleAttribute("data-lit", part !== undefined && one.dataset.part === part);
    }
  }
}

customElements.define("desk-proof", DeskProof);
