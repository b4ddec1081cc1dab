import type {Finding} from '../check.js';
import type {Scene} from './scene.js';

/**
A finding before it has the name of its check.
*/
export type Remark = Omit<Finding, 'check'>;

/**
One thing to look at on this machine. A `UserError` it throws is what is wrong.
*/
export type MachineCheck = Readonly<{
	/**
	Stable: it is in the JSON.
	*/
	check: string;
	look(scene: Scene): readonly Remark[] | Promise<readonly Remark[]>;
}>;

export const ok = (said: string): Remark => ({standing: 'ok', said});

export const skipped = (said: string): Remark => ({standing: 'skipped', said});

export const warn = (said: string, fix: string): Remark => ({
	standing: 'warn',
	said,
	fix,
});

export const bad = (said: string, fix: string): Remark => ({
	standing: 'bad',
	said,
	fix,
});
