// Runs the built passthrough inside a process that can be asked what it has used.
import process from 'node:process';

const [home, config] = process.argv.slice(2);
const fs = await import('node:fs');
fs.mkdirSync(home, {recursive: true, mode: 0o700});
fs.writeFileSync(`${home}/config.toml`, config, {mode: 0o600});
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (text, ...rest) => {
	const url = /listening on (?<url>\S+)/v.exec(String(text))?.groups.url;
	if (url !== undefined) {
		process.send({url});
		return true;
	}

	return write(text, ...rest);
};

process.argv = [
	process.argv[0],
	'tollgate',
	'serve',
	'--port',
	'0',
	'--home',
	home,
];
process.on('message', () => {
	process.send({
		cpu: process.cpuUsage(),
		main: process.threadCpuUsage?.(),
		rss: process.memoryUsage.rss(),
	});
});
await import(
	new URL(`../${process.env.BENCH_DIST ?? 'dist'}/bin.js`, import.meta.url)
);
