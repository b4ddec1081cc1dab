import {expect, test} from 'vitest';
import {
	prepareControl,
	writeChange,
} from '../../../source/control/control-rows.js';
import {switchTo} from '../../../source/control/switch-to.js';
import {Helm} from '../../../source/passthrough/helm.js';
import {logPlace} from '../../helpers/log.js';

const home = '/home/a';

/**
A helm over a log that nobody can write.
*/
const helmOver = (path: string): Helm =>
	new Helm({
		home,
		recorder: {path, look: () => undefined, progress: () => false},
		now: () => 2000,
		first: () => null,
		isAlias: () => true,
		onChange: () => undefined,
	});

test('what held before a restart holds though the log cannot be written, as on a full disk', () => {
	using place = logPlace();
	place.record();
	const db = place.connect();
	prepareControl(db);
	const by = {setBy: 'command', setAt: 1000, reason: null} as const;
	writeChange(db, home, 'active', switchTo('deep', undefined), by);
	writeChange(db, home, 'pause', {mode: 'hold', until: null}, by);
	const helm = helmOver(place.path);
	expect(helm.active.value.alias).toBe('deep');
	expect(helm.isPaused).toBe(true);
	expect(helm.gate.isShut).toBe(true);
});

test('where there is no log at all it begins as the config says', () => {
	const helm = helmOver('/nowhere/usage.db');
	expect(helm.active.value.alias).toBe(null);
	expect(helm.isPaused).toBe(false);
	helm.poll();
});
