// On paper: everything that is folded is open, in the light colours.

let folded = [];
let dark = false;

window.addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("#chat details:not([open])")];
  for (const details of folded) details.open = true;
  dark = document.body.classList.contains("dark");
  document.body.classList.remove("dark");
});
window.addEventListener("afterprint", () => {
  for (const details of folded) details.open = false;
  document.body.classList.toggle("dark", dark);
});
