using Microsoft.AspNetCore.Components;
using Podcasto.Costs.Server.Dashboard;

namespace Podcasto.Costs.Tests.Dashboard;

public sealed class ComponentTests
{
    [Fact]
    public void Every_component_is_drawn_only_when_what_it_shows_has_been_read()
    {
        var components = typeof(RenderedWhenReady)
            .Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(ComponentBase).IsAssignableFrom(type) && !typeof(LayoutComponentBase).IsAssignableFrom(type))
            .ToList();
        Assert.NotEmpty(components);
        Assert.All(components, type => Assert.True(typeof(RenderedWhenReady).IsAssignableFrom(type), type.Name));
    }
}
