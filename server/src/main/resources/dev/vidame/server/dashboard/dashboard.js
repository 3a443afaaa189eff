// What pages can do beyond what browsers do by themselves. Everything works without it.
(() => {
  "use strict";

  // Times are shown at the reader's clock from the next page on.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `vidame-zone=${zone}; Path=/dashboard; SameSite=Lax; Max-Age=31536000${secure}`;
  }

  const say = (text) => {
    const said = document.getElementById("said");
    if (said) {
      said.textContent = text;
    }
  };

  const offerCopies = () => {
    for (const button of document.querySelectorAll("button[data-copy][hidden]")) {
      if (navigator.clipboard) {
        button.hidden = false;
        button.addEventListener("click", async () => {
          await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
          say(button.dataset.copied);
          button.classList.add("copied");
        });
      }
    }
  };
  offerCopies();

  // What was just done is where the reader is.
  document.querySelector("#notice, #found")?.focus();

  // How many are selected is told; all of a page are selected at once.
  const select = () => {
    const all = document.querySelector("[data-all]");
    const count = document.querySelector("[data-count]");
    if (!all || !count) {
      return;
    }
    const ones = [...document.querySelectorAll("[data-one]")];
    const selected = ones.filter((one) => one.checked).length;
    all.checked = selected > 0 && selected === ones.length;
    all.indeterminate = selected > 0 && selected < ones.length;
    if (selected > 0 || count.textContent) {
      count.textContent = count.dataset.count.replace("#", selected);
    }
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-all]")) {
      for (const one of document.querySelectorAll("[data-one]")) {
        one.checked = event.target.checked;
      }
    }
    if (event.target.matches("[data-all], [data-one]")) {
      select();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-all], [data-one]")) {
      event.preventDefault();
    }
  });
  select();
  window.addEventListener("pageshow", select);

  document.addEventListener("htmx:afterSettle", () => {
    const results = document.getElementById("results");
    if (!results) {
      return;
    }
    if (document.activeElement === document.body) {
      results.focus();
    }
    offerCopies();
    say(results.querySelector("[data-summary]")?.textContent ?? "");
  });

  // Too large a file is told before it is sent.
  for (const input of document.querySelectorAll("input[type=file][data-most]")) {
    input.addEventListener("change", () => {
      const isLarge = [...input.files].some((file) => file.size > Number(input.dataset.most));
      input.setCustomValidity(isLarge ? input.dataset.large : "");
      input.reportValidity();
    });
  }

  // A run is shown anew each second; only what it does next is said, and the focus stays within it.
  let runState = document.getElementById("run")?.dataset.state;
  let wasInRun = false;
  document.addEventListener("htmx:beforeSwap", () => {
    wasInRun = document.getElementById("run")?.contains(document.activeElement) ?? false;
  });
  document.addEventListener("htmx:afterSettle", () => {
    const run = document.getElementById("run");
    if (run && run.dataset.state !== runState) {
      runState = run.dataset.state;
      say(document.getElementById("run-state").textContent);
    }
    if (run && wasInRun && document.activeElement === document.body) {
      run.focus();
    }
    wasInRun = false;
  });

  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failure, () => {
      const said = document.getElementById("said");
      if (said) {
        said.classList.remove("unseen");
        say(said.dataset.failed);
      }
    });
  }
})();
