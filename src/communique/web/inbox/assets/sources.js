// The documents side by side: [ and ] go from one to the next.
class DeskSources extends HTMLElement {
  does(what) {
    const sheets = [...this.children];
    const at = sheets.indexOf(this.querySelector(".sheet:focus") ?? this.reached);
    this.reached = sheets[what === "source-after" ? Math.min(at + 1, sheets.length - 1) : Math.max(at - 1, 0)];
    this.reached.focus({ preventScroll: true });
    this.reached.scrollIntoView({ block: "nearest", inline: "start" });
  }
}

customElements.define("desk-sources", DeskSources);
