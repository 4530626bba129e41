/** The frame's picture in few shapes, small enough for a list. */
const ADA = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
<linearGradient id="sky" x2="0" y2="1"><stop stop-color="#20304f"/><stop offset="1" stop-color="#5b4b7d"/></linearGradient>
<path fill="url(#sky)" d="M0 0h64v64H0z"/>
<path fill="#3b2530" d="M32 7C20 7 14 16 14 28c0 8-3 16 1 21 5 6 29 6 34 0 4-5 1-13 1-21C50 16 44 7 32 7z"/>
<path fill="#d39a7c" d="M27 44h10v8c0 3 4 4 8 6H19c4-2 8-3 8-6z"/>
<path fill="#2f8f8a" d="M6 64c2-6 9-9 19-9 2 4 12 4 14 0 10 0 17 3 19 9z"/>
<path fill="#f0c3a2" d="M19 33c0-5 8-13 19-13 5 0 8 7 8 13 0 9-6 17-14 17s-13-8-13-17z"/>
<path fill="#1f4a4d" d="M24 33a2 2 0 0 0 4 0 2 2 0 0 0-4 0zM36 33a2 2 0 0 0 4 0 2 2 0 0 0-4 0z"/>
<path fill="#c8625f" d="M27 43c3-1 7-1 10 0-2 4-8 4-10 0z"/>
</svg>`;

/** Who can be seen, as `GET /faces` lists them; `face.ts` draws the first. */
export const FACES = [
  {id: 'ada', name: 'Ada', image: `data:image/svg+xml,${encodeURIComponent(ADA)}`},
] as const;
