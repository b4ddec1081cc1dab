import {Buffer} from 'node:buffer';
import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

export type SmallDisk = Disposable &
	Readonly<{
		folder: string;
		/**
		Wants that nothing on it is open for writing.
		*/
		makeReadOnly(): void;
	}>;

/**
A disk of its own in memory. Only root may mount one.
*/
export function smallDisk(size: string): SmallDisk {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-disk-'));
	execFileSync('mount', [
		'-t',
		'tmpfs',
		'-o',
		`size=${size},mode=700`,
		'tmpfs',
		folder,
	]);
	return {
		folder,
		makeReadOnly() {
			execFileSync('mount', ['-o', 'remount,ro', folder]);
		},
		[Symbol.dispose]() {
			execFileSync('umount', ['--lazy', folder]);
			fs.rmdirSync(folder);
		},
	};
}

/**
Fills a disk to the last byte, with a file named `ballast`.
*/
export function fillDisk(folder: string): void {
	for (const size of [65_536, 4096, 1]) {
		try {
			for (;;) {
				fs.appendFileSync(path.join(folder, 'ballast'), Buffer.alloc(size));
			}
		} catch {
			// Full, but for less than this.
		}
	}
}

/**
Why there can be no small disk here; undefined where there can.
*/
export const noSmallDisk = whyNoDisk();

function whyNoDisk(): string | undefined {
	if (process.platform !== 'linux' || process.getuid?.() !== 0) {
		return 'only root on Linux may mount a small disk';
	}

	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-disk-'));
	const {status} = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', folder]);
	if (status === 0) {
		execFileSync('umount', [folder]);
	}

	fs.rmdirSync(folder);
	return status === 0 ? undefined : 'mounting is not permitted here';
}
