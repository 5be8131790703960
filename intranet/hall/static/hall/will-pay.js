// Adds up what a guide's fees come to; without script the table alone says what each costs.
const part = document.querySelector(".will-pay");
const numbers = [...part.querySelectorAll("[data-fen]")];
const line = part.querySelector(".will-pay__sum");

function addUp() {
  const fen = numbers.reduce((sum, input) => sum + Number(input.dataset.fen) * Math.max(0, Math.floor(input.valueAsNumber || 0)), 0);
  line.querySelector("[data-sum]").value = (fen / 100).toLocaleString(document.documentElement.lang, { minimumFractionDigits: 2 });
}

for (const input of numbers) input.addEventListener("input", addUp);
line.hidden = false;
addUp();
