// Asks with the real SDKs as they come out of the box: where to, and with what, they read from their variables.
import process from 'node:process';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

const messages = [{role: 'user', content: 'Hello'}];
const heard = {
	async anthropic() {
		const {usage} = await new Anthropic().messages.create({
			model: 'claude-haiku-4-5',
			max_tokens: 20,
			messages,
		});
		return usage.output_tokens;
	},
	async openai() {
		const {usage} = await new OpenAI().chat.completions.create({
			model: 'gpt-5',
			messages,
		});
		return usage.completion_tokens;
	},
};

for (const name of process.argv.slice(2)) {
	process.stdout.write(`${name} ${await heard[name]()}\n`);
}
