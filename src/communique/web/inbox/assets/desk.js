// All that makes the desk quicker. Without it every page works by links and forms.
import "./draft.js";
import "./inbox.js";
import "./keys.js";
import "./parts.js";
import "./proof.js";
import "./sources.js";

if (location.hash === "#draft") {
  const words = document.querySelector("#draft");
  words?.focus();
  words?.setSelectionRange(words.value.length, words.value.length); // one goes on writing, at the end
}
