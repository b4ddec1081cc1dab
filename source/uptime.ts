import process from 'node:process';

/**
Milliseconds on a clock that is never put back. As `performance.now()`, which takes longer to load than all
that is timed with it.
*/
export const uptimeMs = (): number => process.uptime() * 1000;
