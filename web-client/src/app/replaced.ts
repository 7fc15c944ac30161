/**
 * After an update of the platform the files that an open page still counts on are gone. Where the platform serves
 * another page by now, this one is opened anew; a page that is merely offline stays as it is.
 */
export async function reloadIfReplaced(): Promise<void> {
  const mine = document.querySelector('script[type="module"][src]')?.getAttribute('src');
  if (!mine) return;
  const response = await fetch('/', { cache: 'no-store' }).catch(() => null);
  if (response?.ok && !(await response.text()).includes(mine)) location.reload();
}
