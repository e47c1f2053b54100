/** Who sees it, in which hearing, on which day: slantwise across the picture, several times, so that no part of it is without. */
export function Watermark({ text }: { readonly text: string }) {
  return (
    <div className="br-watermark" aria-hidden data-testid="watermark">
      {[0, 1, 2].map((row) => (
        <span key={row}>
          {text} · {text}
        </span>
      ))}
    </div>
  );
}
