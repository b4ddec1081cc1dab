import {UserError} from '../../user-error.js';
import type {Finding} from '../check.js';
import {agentsCheck} from './agents.js';
import {attributionCheck} from './attribution.js';
import {claudeSettingsCheck} from './claude-settings-check.js';
import {clockCheck} from './clock.js';
import {codexCheck} from './codex.js';
import {configCheck} from './config.js';
import {credentialsCheck} from './credentials.js';
import {diskCheck} from './disk.js';
import {logCheck} from './log.js';
import {nodeCheck} from './node.js';
import {opencodeCheck} from './opencode.js';
import {passthroughCheck} from './passthrough.js';
import {permissionsCheck} from './permissions.js';
import type {Place} from './place.js';
import {platformCheck} from './platform.js';
import {portCheck} from './port.js';
import {providerCheck} from './provider.js';
import {proxyCheck} from './proxy.js';
import {bad, type MachineCheck} from './remark.js';
import {sceneOf, type Scene} from './scene.js';
import {secretsCheck} from './secrets.js';
import {shellCheck} from './shell.js';
import {toolSearchCheck} from './tool-search.js';
import {zoneCheck} from './zone.js';

/**
Everything that is looked at on this machine, in the order it is told.
*/
export const machineChecks: readonly MachineCheck[] = [
	nodeCheck,
	platformCheck,
	configCheck,
	permissionsCheck,
	secretsCheck,
	portCheck,
	passthroughCheck,
	logCheck,
	diskCheck,
	clockCheck,
	zoneCheck,
	shellCheck,
	claudeSettingsCheck,
	codexCheck,
	opencodeCheck,
	agentsCheck,
	providerCheck,
	proxyCheck,
	credentialsCheck,
	toolSearchCheck,
	attributionCheck,
];

/**
Looks at the local side: nothing is written, nothing leaves this machine, and no secret is repeated. A check
may have several findings, or none where it has nothing to look at.
*/
export async function lookAtMachine(place: Place): Promise<readonly Finding[]> {
	const scene = await sceneOf(place);
	const findings = await Promise.all(
		machineChecks.map(async (one) => findingsOf(one, scene)),
	);
	return findings.flat();
}

async function findingsOf(
	{check, look}: MachineCheck,
	scene: Scene,
): Promise<readonly Finding[]> {
	try {
		const remarks = await look(scene);
		return remarks.map((remark) => ({check, ...remark}));
	} catch (error) {
		if (error instanceof UserError) {
			return [{check, ...bad(error.message, error.hint)}];
		}

		throw error;
	}
}
