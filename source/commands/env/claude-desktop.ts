import type {Facts, Setup} from './setup.js';

/**
Claude Desktop reads no variables. With a gateway it always sends a key, never its login.
*/
export const claudeDesktop = (facts: Facts): Setup => ({
	variables: {},
	args: [],
	byHand: {
		where:
			'Claude Desktop: Help, Troubleshooting, Enable Developer Mode; then Developer, Configure Third-Party Inference',
		text: [
			'Inference provider    Gateway',
			`Gateway base URL      ${facts.url}`,
			`Gateway API key       ${keyFor(facts)}`,
			'Gateway auth scheme   bearer',
		].join('\n'),
	},
});

function keyFor({holdsKeys, keyVariable}: Facts): string {
	if (!holdsKeys) {
		return 'the key of your endpoint';
	}

	return keyVariable === undefined
		? 'any text, for example: tollgate'
		: `the local key that is in ${keyVariable}`;
}
