Console.Error.WriteLine(
    "podcasto-costs: the command line client has no commands yet; the HTTP interface is described at /reference of a running server."
);
return 1;
