// The places at which the AWS SDK asks for credentials, on the very addresses: run by Node inside a container that has them.
// Formats: "Container credential provider" (AWS SDKs reference), "Retrieve security credentials from instance metadata"
// (Amazon EC2 user guide), AssumeRoleWithWebIdentity (AWS STS API reference).
const fs = require('node:fs');
const http = require('node:http');

const [ready, ...addresses] = process.argv.slice(2);
const until = new Date(Date.now() + 3_600_000).toISOString();

function session(name) {
  return { AccessKeyId: `ASIA${name}`, SecretAccessKey: `s3cret-of-${name}`, Token: `t0ken-of-${name}` };
}

function answer(method, url, headers, body) {
  if (method === 'PUT' && url === '/latest/api/token') return 'a-t0ken-of-imds';
  if (url === '/latest/meta-data/iam/security-credentials/') return 'agent-role';
  if (url === '/latest/meta-data/iam/security-credentials/agent-role') {
    if (headers['x-aws-ec2-metadata-token'] !== 'a-t0ken-of-imds') return null;
    return JSON.stringify({ Code: 'Success', Type: 'AWS-HMAC', ...session('INSTANCE'), Expiration: until });
  }
  if (url === '/role-of-task') return JSON.stringify({ ...session('TASK'), Expiration: until });
  if (url === '/role-of-pod') {
    if (headers.authorization !== 'a-t0ken-of-the-pod') return null;
    return JSON.stringify({ ...session('POD'), Expiration: until });
  }
  if (method === 'POST' && body.get('Action') === 'AssumeRoleWithWebIdentity') {
    if (body.get('WebIdentityToken') !== 'a-t0ken-of-the-web') return null;
    const { AccessKeyId, SecretAccessKey, Token } = session('WEB');
    return `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>
      <AssumedRoleUser><Arn>${body.get('RoleArn')}/x</Arn><AssumedRoleId>AROA:x</AssumedRoleId></AssumedRoleUser>
      <Credentials><AccessKeyId>${AccessKeyId}</AccessKeyId><SecretAccessKey>${SecretAccessKey}</SecretAccessKey>
      <SessionToken>${Token}</SessionToken><Expiration>${until}</Expiration></Credentials>
      </AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;
  }
  return null;
}

let waiting = addresses.length;
for (const address of addresses) {
  const [host, port] = address.split(':');
  http
    .createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => (text += chunk));
      request.on('end', () => {
        const found = answer(request.method, request.url, request.headers, new URLSearchParams(text));
        process.stdout.write(
          `asked ${host}: ${request.method} ${request.url} ${found === null ? 403 : 200}\n`,
        );
        const type = found?.startsWith('<') ? 'text/xml' : 'application/json';
        response.writeHead(found === null ? 403 : 200, { 'content-type': type }).end(found ?? 'no');
      });
    })
    .listen(Number(port), host, () => {
      waiting -= 1;
      if (waiting === 0) fs.writeFileSync(ready, '');
    });
}
