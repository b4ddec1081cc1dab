import {cleanText} from '../../exchange/clean.js';
import {showInstant} from '../../exchange/show.js';
import type {Found} from '../../control/find-passthrough.js';
import {UserError} from '../../user-error.js';
import {bad, ok, warn, type MachineCheck, type Remark} from './remark.js';
import type {Scene} from './scene.js';

export const passthroughCheck: MachineCheck = {
	check: 'passthrough',
	look(scene) {
		const {found} = scene;
		if (found instanceof UserError) {
			throw found;
		}

		switch (found.kind) {
			case 'none': {
				return [ok('None of this home runs.')];
			}

			case 'leaving': {
				return [
					warn(
						`The one at ${found.holder.url} is leaving: it waits for its last requests to end.`,
						'Wait a moment, then start it again.',
					),
				];
			}

			case 'silent': {
				return [silent(found.holder)];
			}

			case 'serving': {
				return serving(found, scene);
			}
		}
	},
};

const silent = (holder: Extract<Found, {kind: 'silent'}>['holder']): Remark =>
	holder === undefined
		? warn('One is just starting.', 'Wait a moment, and ask again.')
		: bad(
				`One has this home, but does not answer on ${holder.url} (process ${holder.pid}).`,
				`If it stays so: kill -9 ${holder.pid}. What has ended is in the log.`,
			);

function serving(
	{holder, identity}: Extract<Found, {kind: 'serving'}>,
	{version}: Scene,
): readonly Remark[] {
	const problem = identity.steering?.configProblem;
	const theirs = cleanText(identity.version);
	const wrong = [
		...(identity.recording
			? []
			: [
					bad(
						`It does not record${identity.notRecordingSince === undefined ? '' : ` since ${showInstant(identity.notRecordingSince)}`}: ${identity.notRecordingReason ?? 'it does not say why'}.`,
						`See what is said here of the log, ${holder.log}.`,
					),
				]),
		...(theirs === version
			? []
			: [
					warn(
						`The one that runs is of version ${theirs}, and this program of ${version}.`,
						'Run: tollgate stop, then start it again.',
					),
				]),
		...(problem
			? [
					bad(
						`It goes on with the config it had: ${cleanText(problem)}`,
						'Put that right; it is read again as soon as the file is saved.',
					),
				]
			: []),
	];
	return wrong.length > 0
		? wrong
		: [ok(`It serves at ${holder.url} (process ${identity.pid}) and records.`)];
}
