// j and k go to the next and the previous card; the page works without this.
"use strict";
document.getElementById("keys").hidden = false;

// The card that is in focus, or whose words are, or that was aimed at.
function current() {
  const here = document.activeElement.closest(".card, .m") || document.querySelector(".card:target");
  return here && here.matches(".m") ? document.querySelector(here.hash) : here;
}

// Else the first card below the window's upper edge. Documents first: to ask all cards would lay out all documents.
function below(cards) {
  const top = (element) => element.getBoundingClientRect().top;
  const bottom = (element) => element.getBoundingClientRect().bottom;
  for (const section of document.querySelectorAll(".verbale")) {
    if (bottom(section) < 0) continue;
    const card = [...section.querySelectorAll(".card")].find((each) => top(each) >= 0);
    if (card) return cards.indexOf(card);
  }
  return cards.length;
}

document.addEventListener("keydown", (event) => {
  const step = { j: 1, k: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  const cards = [...document.querySelectorAll(".card")];
  const at = cards.indexOf(current());
  const next = cards[at < 0 ? below(cards) - (step < 0) : at + step];
  if (!next) return;
  next.querySelector("a").focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
});
