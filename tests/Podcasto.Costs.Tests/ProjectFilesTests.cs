using System.Xml.Linq;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests;

/// <summary>Core &lt;- Server -&gt; Client &lt;- Cli, and nothing else.</summary>
public sealed class ProjectFilesTests
{
    [Theory]
    [InlineData("Core")]
    [InlineData("Client")]
    [InlineData("Client.AI", "Client")]
    [InlineData("Client.Aws", "Client")]
    [InlineData("Cli", "Client")]
    [InlineData("Server", "Core", "Client")]
    public void A_project_refers_only_to_the_projects_that_it_may(string project, params string[] allowed)
    {
        var found = Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)["Podcasto.Costs.".Length..]);
        Assert.Equal(allowed.Order(), found.Order());
    }

    [Fact]
    public void The_domain_needs_no_package() => Assert.Empty(Items("Core", "PackageReference").Concat(Items("Core", "FrameworkReference")));

    [Fact]
    public void Packages_of_the_client_are_few_and_named_here() =>
        Assert.Equal(
            ["Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Http.Resilience"],
            Items("Client", "PackageReference").Order()
        );

    private static IEnumerable<string> Items(string project, string kind)
    {
        var name = $"Podcasto.Costs.{project}";
        var file = XDocument.Load(Path.Combine(Repository.Root, "src", name, $"{name}.csproj"));
        return file.Descendants(kind).Select(item => (string)item.Attribute("Include")!);
    }
}
