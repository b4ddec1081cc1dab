import {aliasShown} from '../../exchange/as-asked.js';
import type {Config} from '../../config/config.js';
import {type Active, type Change} from '../../control/steering.js';
import type {Sight} from '../look.js';
import {steeringInForce} from '../steering/in-force.js';

/**
The active alias, where somebody has chosen another than the config names: the log remembers it.
*/
export async function otherActive(
	sight: Sight,
	{routing}: Pick<Config, 'routing'>,
): Promise<Change<Active> | undefined> {
	const {active} = await steeringInForce(sight);
	return aliasShown(active.value.alias) === routing.active ? undefined : active;
}
