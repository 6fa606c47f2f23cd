import type { CsprojFile } from '../../mounted/model.ts';
import type { Rule } from '../rule.ts';

export const csprojAotUnsupported: Rule<CsprojFile, 'unsupported' | 'aot'> = {
  id: 'csproj-aot-unsupported',
  appliesTo: 'csproj',
  severity: 'hint',
  group: 'build',
  docs: {
    what: 'A project is published with Native AOT and refers to a package that builds code at run time or reads types by reflection.',
    why: 'Native AOT saves a third to a half of a .NET program’s memory, but has no compiler at run time. Such packages build with warnings, and fail on the Pi with the first request that meets them.',
    instead:
      'Replace the package (System.Text.Json with a source generator, Dapper.AOT, minimal APIs), or publish without AOT and turn the collector down.',
    references: ['https://learn.microsoft.com/en-us/dotnet/core/deploying/native-aot/'],
    invalid: [
      '# file: compose.yml\nservices:\n  api:\n    build: .\n# file: Api.csproj\n<Project Sdk="Microsoft.NET.Sdk.Web">\n  <PropertyGroup>\n    <PublishAot>true</PublishAot>\n  </PropertyGroup>\n  <ItemGroup>\n    <PackageReference Include="Newtonsoft.Json" Version="13.0.3" />\n  </ItemGroup>\n</Project>\n',
    ],
    valid: [
      '# file: compose.yml\nservices:\n  api:\n    build: .\n# file: Api.csproj\n<Project Sdk="Microsoft.NET.Sdk.Web">\n  <PropertyGroup>\n    <PublishAot>true</PublishAot>\n  </PropertyGroup>\n  <ItemGroup>\n    <PackageReference Include="Npgsql" Version="9.0.2" />\n    <!-- <PackageReference Include="Newtonsoft.Json" Version="13.0.3" /> -->\n  </ItemGroup>\n</Project>\n',
      '# file: compose.yml\nservices:\n  api:\n    build: .\n# file: Api.csproj\n<Project Sdk="Microsoft.NET.Sdk.Web">\n  <ItemGroup>\n    <PackageReference Include="Newtonsoft.Json" Version="13.0.3" />\n  </ItemGroup>\n</Project>\n',
    ],
  },
  messages: {
    unsupported: '{package} does not work with Native AOT, which this project is published with',
    aot: 'switched on here',
  },
  *check({ model: { publishAot, packages } }) {
    if (publishAot === undefined) return;
    for (const { name, major, span } of packages) {
      const known = PACKAGES.find(({ pattern }) => pattern.test(name));
      if (known === undefined || (known.until !== undefined && (major === undefined || major >= known.until))) continue;
      yield { message: 'unsupported', data: { package: name }, span, related: [{ message: 'aot', span: publishAot }] };
    }
  },
};

/** Packages whose own documentation says so; `until` is the first major version that has some support. */
const PACKAGES: readonly { readonly pattern: RegExp; readonly until?: number }[] = [
  { pattern: /^Microsoft\.EntityFrameworkCore(?:\.(?!Tools|Design)\w+)*$/, until: 9 },
  { pattern: /^Npgsql\.EntityFrameworkCore\.PostgreSQL$/, until: 9 },
  { pattern: /^Newtonsoft\.Json$/ },
  { pattern: /^Microsoft\.AspNetCore\.Mvc\.NewtonsoftJson$/ },
  { pattern: /^Swashbuckle\.AspNetCore$/ },
  { pattern: /^AutoMapper$/ },
  { pattern: /^Castle\.Core$/ },
];
