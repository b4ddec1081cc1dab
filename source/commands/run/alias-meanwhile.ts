import {aliasShown} from '../../exchange/as-asked.js';
import {switchTo} from '../../control/switch-to.js';
import {namedAlias} from '../alias.js';
import type {Sight} from '../look.js';
import {notAsWished, wishFor} from '../steering/confirmed.js';
import {steeringInForce} from '../steering/in-force.js';

/**
Makes an alias the active one, and answers what takes that back. It is not taken back where somebody has switched
since: theirs counts. Throws a UserError where it is no alias, or cannot be put in force.
*/
export async function switchMeanwhile(
	sight: Sight,
	name: string,
): Promise<() => Promise<void>> {
	const inForce = await steeringInForce(sight);
	const before = inForce.active.value;
	const alias = namedAlias(name, inForce);
	const steering = await wishFor(
		sight.lock,
		inForce,
		'active',
		switchTo(alias, before),
	);
	if (steering?.active.value.alias !== alias) {
		throw notAsWished(
			`${aliasShown(alias)} is not active`,
			steering?.active ?? {reason: null},
		);
	}

	const {change} = steering.active;
	return async () => {
		const now = await steeringInForce(sight);
		if (now.active.change === change) {
			await wishFor(sight.lock, now, 'active', before);
		}
	};
}
