/** Puts the largest picture into a small window above all others; null where the browser has none. */
export function pictureInPictureOf(player: { readonly current: HTMLElement | null }): (() => void) | null {
  if (!document.pictureInPictureEnabled) return null;
  return () => {
    const videos = [...(player.current?.querySelectorAll<HTMLVideoElement>('[data-place] video') ?? [])];
    const areaOf = ({ clientWidth, clientHeight }: HTMLVideoElement) => clientWidth * clientHeight;
    const [largest] = videos.sort((a, b) => areaOf(b) - areaOf(a));
    const done = document.pictureInPictureElement
      ? document.exitPictureInPicture()
      : largest?.requestPictureInPicture();
    // Refused before anything is loaded, or by a policy: the page stays as it is.
    done?.catch(() => {});
  };
}
