// Asks for the next ones; without script there is the button.
document.querySelector("form[data-goes-on]")?.requestSubmit();
