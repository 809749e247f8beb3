// A draft is held against its documents while it is typed, after a pause.
const PAUSE_MS = 450;

class DeskDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.words = this.querySelector("textarea");
    this.saved = this.words.value;
    this.querySelector("[data-check-button]")?.setAttribute("hidden", ""); // it checks by itself
    this.words.addEventListener("input", () => this.typed());
    this.querySelector(".later input")?.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // else the browser presses the form's first button
      this.querySelector(".later button").click();
    });
    this.leaving = (event) => this.words.value !== this.saved && event.preventDefault();
    addEventListener("beforeunload", this.leaving);
    this.form.addEventListener("submit", () => removeEventListener("beforeunload", this.leaving));
  }

  disconnectedCallback() {
    removeEventListener("beforeunload", this.leaving);
  }

  typed() {
    this.querySelector("[data-state]").textContent = this.words.value === this.saved ? "" : "not saved";
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.check(), PAUSE_MS);
  }

  async save() {
    if (this.words.value === this.saved || this.words.readOnly) return;
    await fetch(this.form.action, { method: "POST", body: new FormData(this.form), redirect: "manual" });
    this.saved = this.words.value;
  }

  async check() {
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const answer = await fetch(this.dataset.check, {
        method: "POST",
        body: new FormData(this.form),
        headers: { "X-Part": "findings" },
        signal: this.asking.signal,
      });
      if (answer.ok) this.querySelector("[data-findings]").innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") this.querySelector("[data-state]").textContent = "not checked: no answer";
    }
  }
}

customElements.define("desk-draft", DeskDraft);
