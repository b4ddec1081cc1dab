import {expect, test} from 'vitest';
import {nearest} from '../../source/config/nearest.js';

const names = ['host', 'port', 'log', 'header_timeout', 'idle_timeout'];

test.for([
	['prot', 'port'],
	['porrt', 'port'],
	['pot', 'port'],
	['PORT', 'port'],
	['header-timeout', 'header_timeout'],
	['headertimeout', 'header_timeout'],
	['idle_timout', 'idle_timeout'],
	['lgo', 'log'],
	['timeout', undefined],
	['x', undefined],
	['', undefined],
	['completely different', undefined],
])('"%s" is meant to be %s', ([written, meant]) => {
	expect(nearest(written!, names)).toBe(meant);
});

test('the nearer of two is meant', () => {
	expect(nearest('kissapi2', ['kissapi-2', 'kissapi', 'kissapi22'])).toBe(
		'kissapi-2',
	);
	expect(nearest('claude', [])).toBeUndefined();
});
