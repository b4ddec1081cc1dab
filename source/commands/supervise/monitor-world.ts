import process from 'node:process';
import type {By} from '../../control/control-rows.js';
import {openControl} from '../../control/wish.js';
import {readHolder, type LockFiles} from '../../control/lock.js';
import type {MonitorWorld} from '../../monitor/world.js';
import type {Supervisor} from '../../monitor/supervisor-state.js';
import {openLogReader} from '../../usage-log/reader.js';
import type {ControlRows} from './control-rows.js';
import {PresenceWriter} from './presence-writer.js';

/**
So long the screen may stand still while somebody else writes to the log. The monitor asks again.
*/
const waitMs = 20;

/**
What the monitor of one home looks at. `rows` stay the caller's to close.
*/
export function monitorWorld({
	home,
	log,
	rows,
	supervisor,
}: Readonly<{
	home: string;
	log: () => string;
	rows: ControlRows;
	supervisor: Supervisor;
}>): MonitorWorld {
	const identity = () => {
		const state = supervisor.current();
		return 'identity' in state ? state.identity : undefined;
	};

	const ours = () => identity()?.home ?? home;
	const presenceWriter = new PresenceWriter(log, waitMs);
	return {
		openReader() {
			try {
				return openLogReader(log());
			} catch (error) {
				return error instanceof Error ? error : new Error(String(error));
			}
		},
		passthroughs() {
			const instance = identity()?.instance;
			// A home may be known by several paths; the instance is known by one name.
			return rows
				.read()
				.filter((row) => row.home === home || row.instance === instance);
		},
		wish(name, value, reason) {
			using control = openControl(log(), {waitMs});
			return control.wish(ours(), name, value, byKey(reason));
		},
		changeCap(key, change) {
			using control = openControl(log(), {waitMs});
			return control.changeCap(ours(), key, change, byKey());
		},
		decide(exchange, decision) {
			using control = openControl(log(), {waitMs});
			control.decide(ours(), exchange, decision, byKey());
		},
		announce(presence) {
			presenceWriter.announce({...presence, home: ours(), pid: process.pid});
		},
		leave(id) {
			presenceWriter.leave(id);
		},
		supervisor,
		now: Date.now,
	};
}

const byKey = (reason?: string): By => ({
	setBy: 'monitor',
	setAt: Date.now(),
	reason: reason ?? null,
});

/**
The log of a home: the one that its passthrough writes, else the config's.
*/
export const logOf = (files: LockFiles, configured: string) => (): string =>
	readHolder(files)?.log ?? configured;
