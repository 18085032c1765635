/** Shows what costs something only once it has come into view: twenty questions are not twenty drawn pages. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import whoseFileCss from './whose-file.module.css';

export function WhenSeen({ children }: { readonly children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
    });
    if (place.current !== null) observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={place} className={whoseFileCss['whenSeen']}>
      {seen && children}
    </div>
  );
}
