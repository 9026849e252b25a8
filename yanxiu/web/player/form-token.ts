/** Name the token that lets this page's forms and requests change anything. */
export function formToken(): string {
  // The cookie is fresher than the page after signing in again in another tab.
  const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  const meta = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]');
  return cookie ?? meta?.content ?? "";
}
