import ssh2 from 'ssh2';

/*
 * ssh2 is CommonJS whose names Node can't see from an ES module, so they are taken off the default export, here and
 * nowhere else.
 */
export const { BaseAgent, Client, Server, createAgent, utils } = ssh2;
