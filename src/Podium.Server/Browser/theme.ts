// <theme-switch>: light, dark, or as the system is. The choice stands in a cookie, so that pages come in the right one.
const cookie = "podium_theme";
const year = 365 * 24 * 60 * 60;
const names = { auto: "Auto", light: "Light", dark: "Dark" } as const;
type Theme = keyof typeof names;

class ThemeSwitch extends HTMLElement {
  connectedCallback(): void {
    if (this.firstElementChild) return;
    const button = document.createElement("button");
    button.type = "button";
    button.addEventListener("click", () => {
      const order: Theme[] = ["auto", "light", "dark"];
      choose(order[(order.indexOf(current()) + 1) % order.length] ?? "auto");
      this.say(button);
    });
    this.say(button);
    this.append(button);
  }

  private say(button: HTMLButtonElement): void {
    button.textContent = `Theme: ${names[current()]}`;
  }
}

function current(): Theme {
  const theme = document.documentElement.dataset["theme"];
  return theme === "light" || theme === "dark" ? theme : "auto";
}

function choose(theme: Theme): void {
  if (theme === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  const brand = document.querySelector<HTMLAnchorElement>("a.brand");
  const path = brand?.pathname ?? "/";
  document.cookie = `${cookie}=${theme}; path=${path}; max-age=${theme === "auto" ? 0 : year}; samesite=lax`;
}

customElements.define("theme-switch", ThemeSwitch);
