/** Whether somebody is in the middle of something that a new page would take away. */
export function isSomebodyBusy(): boolean {
  if (document.querySelector("dialog[open]")) return true;
  // A form that was refused says what is wrong, and would be back as it was before.
  if (document.querySelector('main [aria-invalid="true"]')) return true;
  const selection = getSelection();
  if (selection && !selection.isCollapsed && selection.toString().trim() !== "") return true;
  const fields = document.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>("main :is(input, select, textarea)");
  // Charts keep their own choices; what is permanent is not touched; and a page may say of a field that it does not matter.
  return [...fields].some((field) => !field.closest("chart-controls, [data-turbo-permanent], [data-refresh-anyway]") && isUnsaved(field));
}

function isUnsaved(field: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement): boolean {
  if (field.disabled) return false;
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options];
    if (options.some((option) => option.defaultSelected)) return options.some((option) => option.selected !== option.defaultSelected);
    return field.multiple ? field.selectedOptions.length > 0 : field.selectedIndex > 0;
  }
  switch (field.type) {
    case "hidden": case "submit": case "button": case "reset": case "image": return false;
    case "checkbox": case "radio": return field.checked !== field.defaultChecked;
    case "file": return (field.files?.length ?? 0) > 0;
    case "range": case "number": return field.defaultValue === "" ? field.type === "number" && field.value !== "" : Number(field.value) !== Number(field.defaultValue);
    default: return field.value !== field.defaultValue;
  }
}
