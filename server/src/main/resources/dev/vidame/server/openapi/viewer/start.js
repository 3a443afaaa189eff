"use strict";

// Asks nobody but this server: no validator, no configuration from the address.
SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#viewer",
  deepLinking: true,
  docExpansion: "list",
  validatorUrl: null,
  queryConfigEnabled: false,
  persistAuthorization: false,
});
