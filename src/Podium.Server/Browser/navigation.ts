// Links and forms change the page in place; without script they load the next page, which is the same.
import * as Turbo from "@hotwired/turbo";

// Pages come faster than its bar would be seen.
Turbo.config.drive.progressBarDelay = 2 ** 31 - 1;

// What somebody has ticked stays ticked when the page is made anew around it.
addEventListener("turbo:before-morph-attribute", (event) => {
  const attribute = (event as CustomEvent<{ attributeName: string }>).detail.attributeName;
  if (attribute === "checked" && event.target instanceof HTMLInputElement && event.target.matches('[type="checkbox"][data-refresh-anyway]')) event.preventDefault();
});
