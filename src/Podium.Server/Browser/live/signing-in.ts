/**
 * Where a page sends people whose sign-in has ended; they come back to it.
 *
 * @param src an address of the API, which tells below which path the server is.
 */
export function signInAddress(src: string): string {
  const base = src.split("/api/")[0] ?? "";
  const here = location.pathname.startsWith(base) ? location.pathname.slice(base.length) : "/";
  return `${base}/sign-in?${new URLSearchParams({ return: `${here}${location.search}` })}`;
}
