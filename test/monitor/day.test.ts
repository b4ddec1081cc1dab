import {expect, test} from 'vitest';
import {machineZone} from '../../source/machine-zone.js';
import {Days} from '../../source/monitor/day.js';
import {renderOnce} from '../../source/monitor/render-once.js';
import {sampleIdentity, sampleRow, totalsRow} from './sample-rows.js';
import {standInLog, standInWorld} from './stand-in-world.js';

const nowMs = Date.parse('2026-11-22T16:40:00Z');
const elsewhere = ['Asia/Tokyo', 'America/New_York'].find(
	(zone) => zone !== machineZone(),
)!;

test('until a passthrough tells, days begin at midnight here', () => {
	const here = new Date(nowMs);
	here.setHours(0, 0, 0, 0);
	expect(new Days().startOf(nowMs, undefined)).toBe(here.getTime());
});

test("this machine's zone is known at once, with a start hour of its own", () => {
	const start = new Days().startOf(nowMs, {
		timezone: machineZone(),
		startsAt: '04:00',
	});
	expect(new Date(start!).getHours()).toBe(4);
	expect(nowMs - start!).toBeLessThan(24 * 3_600_000);
});

test('another zone is known a moment later', async () => {
	const days = new Days();
	const rule = {timezone: elsewhere, startsAt: '04:00'};
	expect(days.startOf(nowMs, rule)).toBeUndefined();
	await days.ready();
	const start = days.startOf(nowMs, rule)!;
	expect(
		new Date(start).toLocaleTimeString('en-GB', {timeZone: elsewhere}),
	).toBe('04:00:00');
});

test('a zone that nobody knows is UTC', async () => {
	const days = new Days();
	const rule = {timezone: 'Nowhere/Bad', startsAt: '00:00'};
	days.startOf(nowMs, rule);
	await days.ready();
	expect(days.startOf(nowMs, rule)).toBe(Date.parse('2026-11-22T00:00Z'));
});

test('one plain frame waits for the zone of the passthrough', async () => {
	const config = {
		...sampleRow().config,
		day: {timezone: elsewhere, startsAt: '00:00'},
	};
	const world = standInWorld(standInLog({totals: [totalsRow('the-model')]}), {
		clock: {nowMs},
		identity: sampleIdentity({config}),
		rows: [sampleRow({config})],
	});
	expect(await renderOnce(world, {columns: 80, ascii: false})).toContain(
		'the-model',
	);
});
