// What a request that changes something carries, so that no other site can make it.
export function token(headers = {}) {
  const meta = document.querySelector("meta[name=csrf]");
  return meta?.dataset.header ? { ...headers, [meta.dataset.header]: meta.content } : headers;
}
