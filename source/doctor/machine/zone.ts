import {systemZone} from '../../config/day-kinds.js';
import {
	bad,
	ok,
	skipped,
	warn,
	type MachineCheck,
	type Remark,
} from './remark.js';
import {kindOf, type Scene} from './scene.js';

export const zoneCheck: MachineCheck = {
	check: 'zone',
	look(scene) {
		const {config, zone: machine} = scene;
		if (config === undefined) {
			return [
				skipped('Which zone days are counted in, the config has to say first.'),
			];
		}

		const {timezone, startsAt} = config.day;
		const zone = timezone === systemZone ? machine : timezone;
		const clock = clockIn(zone, scene.now());
		return [
			clock === undefined
				? bad(
						`The zone of this machine, ${zone}, is not known here.`,
						'Set TZ to an IANA name like Europe/Berlin, or write that as timezone in [day].',
					)
				: (otherInForce(zone, scene) ??
					ok(
						`Days are counted in ${zone} from ${startsAt}; it is ${clock} there.`,
					)),
		];
	},
};

/**
The passthrough that runs may have been started in a shell with another `TZ`.
*/
function otherInForce(zone: string, {found}: Scene): Remark | undefined {
	const theirs =
		kindOf(found) === 'serving' && 'identity' in found
			? found.identity.config.day?.timezone
			: undefined;
	return theirs === undefined || theirs === zone
		? undefined
		: warn(
				`The passthrough that runs counts days in ${theirs}, and here it would be ${zone}.`,
				'Write the one you want as timezone in [day].',
			);
}

function clockIn(timeZone: string, now: number): string | undefined {
	try {
		return new Intl.DateTimeFormat('en-GB', {
			timeZone,
			hour: '2-digit',
			minute: '2-digit',
		}).format(now);
	} catch {
		// It says no by throwing.
		return undefined;
	}
}
