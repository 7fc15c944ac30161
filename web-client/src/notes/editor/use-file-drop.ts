import { useEffect, useRef } from 'react';

/** A file that is dropped anywhere on the page. */
export function useFileDrop(onFile: (file: File) => void): void {
  const newest = useRef(onFile);
  newest.current = onFile;
  useEffect(() => {
    // Without this the browser leaves the page and opens the file.
    const onOver = (event: DragEvent) => event.preventDefault();
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) newest.current(file);
    };
    addEventListener('dragover', onOver);
    addEventListener('drop', onDrop);
    return () => {
      removeEventListener('dragover', onOver);
      removeEventListener('drop', onDrop);
    };
  }, []);
}
