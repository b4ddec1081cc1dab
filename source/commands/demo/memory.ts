import fs from 'node:fs';

/**
What a process has in memory now, in bytes; undefined where the system does not tell: only Linux does.
*/
export function residentBytes(pid: number): number | undefined {
	try {
		const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
		const kilobytes = /^VmRSS:\s+(?<size>\d+) kB$/mv.exec(status)?.groups?.[
			'size'
		];
		return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
	} catch {
		return undefined;
	}
}
