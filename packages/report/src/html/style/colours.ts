/** Each ink stands on each ground of its scheme with a contrast of at least 4.5 to 1 (WCAG 2.2, "Contrast (Minimum)"). */
export const light = `
  --paper: #ffffff; --page: #f3f5f8; --ink: #18202b; --soft: #525d6b; --line: #d6dde5; --shade: #eef2f6;
  --link: #0a52ad; --good: #11663a; --good-shade: #e3f4e9; --neutral: #1d4f91; --neutral-shade: #e6effa;
  --careful: #7d4f00; --careful-shade: #fdf1d8; --bad: #a81c1b; --bad-shade: #fce9e8;
  --old: #a9b4c2; --old-line: #6c7888; --new: #2463c9; --new-line: #143f86;
  --restored: #0f8b7d; --restored-line: #075e54; --healthy: #3f9e63; --initial: #b9cdea; --unhealthy: #c9403e;`;

export const dark = `
  --paper: #171c23; --page: #0d1116; --ink: #e6ebf1; --soft: #a3afbd; --line: #333d49; --shade: #212934;
  --link: #86b6ff; --good: #6ad392; --good-shade: #14301f; --neutral: #93bdf5; --neutral-shade: #1a2c45;
  --careful: #edbd5b; --careful-shade: #35290f; --bad: #ff928c; --bad-shade: #411c1b;
  --old: #5c6878; --old-line: #94a1b2; --new: #4d8df0; --new-line: #a3c6ff;
  --restored: #2bb5a4; --restored-line: #85e3d7; --healthy: #3f9e63; --initial: #3b5479; --unhealthy: #d9534f;`;
