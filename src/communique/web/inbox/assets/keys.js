// Keys: the table is in the page (one <li data-for> a key); a key works where something is marked data-does with its name.
class DeskKeys extends HTMLElement {
  connectedCallback() {
    this.rows = [...this.querySelectorAll("[data-for]")];
    document.addEventListener("keydown", (event) => this.press(event));
    document.addEventListener("desk-changed", () => this.show());
    this.show();
  }

  show() {
    const taken = new Set(); // of two rows with one key the first that works has it
    for (const row of this.rows) {
      const works = target(row.dataset.for) && !taken.has(row.dataset.presses);
      row.hidden = "silent" in row.dataset || !works;
      if (works) taken.add(row.dataset.presses);
    }
    // A bar without a key says nothing; beside a list it keeps its place, where the next line brings keys again.
    this.hidden = this.rows.every((row) => row.hidden) && !this.matches(".wide > *");
  }

  press(event) {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    if (event.key === "Escape" && closed()) return event.preventDefault();
    const isMod = event.ctrlKey || event.metaKey;
    const name = isMod ? `mod+${event.key}` : event.key;
    const rows = this.rows.filter((one) => one.dataset.presses.split(" ").includes(name));
    if (!rows.length || (!isMod && isTaken(event))) return;
    const row = rows.find((one) => target(one.dataset.for));
    if (!row) return;
    const found = target(row.dataset.for);
    event.preventDefault();
    act(found, row.dataset.for);
  }
}

// A key that the focused element needs itself stays its own; Escape leaves a field.
function isTaken(event) {
  const focused = event.target;
  if (focused.matches?.("input, textarea, select")) {
    if (event.key === "Escape") focused.blur();
    return true;
  }
  if (focused.matches?.("[role=group][tabindex]") && event.key.startsWith("Arrow")) return true;
  return event.key === "Enter" && focused.matches?.("a, button, summary");
}

// Escape closes what lies over the page before it leads back.
function closed() {
  const menu = document.querySelector("details:is(.snooze, .person)[open]");
  if (!menu) return false;
  menu.open = false;
  menu.querySelector("summary").focus();
  return true;
}

function target(does) {
  return [...document.querySelectorAll(`[data-does~="${does}"]`)].find((one) => one.checkVisibility?.() ?? true);
}

function act(found, does) {
  if (typeof found.does === "function") found.does(does);
  else if (found.matches("summary")) {
    found.parentElement.open = !found.parentElement.open;
    found.parentElement.querySelector("select, input:not([type=hidden]), button")?.focus();
  } else if (found.matches("input, textarea")) {
    found.focus();
    if (found.matches("input")) found.select();
  } else found.click();
}

customElements.define("desk-keys", DeskKeys);
