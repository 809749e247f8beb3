// The list: j and k move, the chosen statement opens beside it; what colleagues do shows without moving a line.
const BESIDE = matchMedia("(min-width: 46rem)"); // narrower: a statement has a page of its own
const PAUSE_MS = 90; // a held key passes lines by without asking for each
const PULSE_MS = 20_000;

class DeskInbox extends HTMLElement {
  connectedCallback() {
    this.lines = [...this.querySelectorAll(".line")];
    this.beside = this.querySelector(".beside");
    this.addEventListener("click", (event) => this.click(event));
    const isOpen = this.current || this.beside.querySelector(".group"); // of another list, or of an older page
    if (BESIDE.matches && this.lines.length && !isOpen) this.choose(this.lines[0]);
    this.current?.scrollIntoView({ block: "nearest" });
    this.timer = setInterval(() => document.hidden || this.pulse(), PULSE_MS);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  get current() {
    return this.querySelector('.line[aria-current="true"]');
  }

  does(what) {
    if (what === "open") return this.open(this.current ?? this.lines[0]);
    const at = this.lines.indexOf(this.current);
    const next = this.lines[what === "next" ? at + 1 : Math.max(0, at - 1)];
    if (!next) return;
    this.choose(next);
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  click(event) {
    const line = event.target.closest(".line");
    if (!line || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!BESIDE.matches || line === this.current) this.open(line);
    else this.choose(line);
  }

  open(line) {
    if (!BESIDE.matches) location.assign(line.dataset.page);
    else if (line !== this.current) this.choose(line);
    else this.beside.querySelector(".group-title")?.focus();
  }

  choose(line) {
    this.current?.removeAttribute("aria-current");
    line.setAttribute("aria-current", "true");
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.load(line), PAUSE_MS);
  }

  async load(line) {
    this.asking?.abort();
    this.asking = new AbortController();
    const here = new URL(line.href);
    here.hash = "";
    const place = here.pathname + here.search;
    const address = `${this.dataset.beside}${line.dataset.key}/beside/?here=${encodeURIComponent(place)}`;
    try {
      await this.beside.querySelector("desk-draft")?.save(); // words that were typed are not lost by looking elsewhere
      const answer = await fetch(address, { signal: this.asking.signal });
      if (answer.redirected && !answer.url.includes("/beside/")) return location.reload(); // signed out meanwhile
      this.beside.innerHTML = await answer.text();
    } catch (error) {
      if (error.name === "AbortError") return;
      this.beside.textContent = "The newsroom does not answer; look whether it still runs, and choose the line again.";
    }
    this.beside.scrollTop = 0;
    history.replaceState(null, "", place);
    document.dispatchEvent(new Event("desk-changed"));
  }

  async pulse() {
    const shown = this.lines.map((line) => line.dataset.key).join(" ");
    const asked = { view: this.dataset.view, q: this.dataset.search, since: this.dataset.latest, shown };
    const answer = await fetch(`/desk/pulse/?${new URLSearchParams(asked)}`).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const { places, gone, fresh } = await answer.json();
    for (const one of document.querySelectorAll("[data-place]")) one.textContent = places[one.dataset.place] ?? "";
    for (const line of this.lines) line.toggleAttribute("data-gone", gone.includes(line.dataset.key));
    const news = this.querySelector(".fresh");
    news.hidden = !fresh;
    news.firstElementChild.textContent = `${fresh} new`;
  }
}

customElements.define("desk-inbox", DeskInbox);
